import { userInfo } from 'node:os'

/** Over the socket of this machine PostgreSQL knows the user by itself: no password is needed, none is stored. */
const urlHere = (user: string) => `postgresql:///perimeter?host=/var/run/postgresql&user=${user}`

/**
 * From the embedded engine to PostgreSQL on this machine (Debian 12), ready to copy. The application's role is the
 * operating system's user, an ordinary one.
 */
export function stepsToPostgresql(data_dir: string, has_data: boolean, user: string = userInfo().username): string {
  const commands = [
    'sudo apt install postgresql postgresql-15-postgis-3',
    `sudo -u postgres createuser ${user}`,
    `sudo -u postgres createdb -O ${user} -T template0 -E UTF8 --locale C.UTF-8 perimeter`,
    `sudo -u postgres psql -d perimeter -c 'create extension postgis; create extension pg_trgm; create extension btree_gist'`,
    ...(has_data
      ? [`npm run move -- --from '${data_dir}' --to '${urlHere(user)}'   # 先停止服务 stop the server first`]
      : []),
    `DATABASE_URL='${urlHere(user)}' npm start`,
  ]
  return [
    '试用引擎适合演示、培训和试用；正式使用请改用本机 PostgreSQL（Debian 12）：',
    'The trial engine is for demonstration, training and trial. For records, PostgreSQL on this machine (Debian 12):',
    '',
    ...commands.map((command) => `  ${command}`),
    '',
    '详见 / more in docs/deployment.md',
  ].join('\n')
}
