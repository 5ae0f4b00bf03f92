/** Child process of crash.test.ts: writes rows and reports each one only after the database acknowledged it. */
import { sql } from 'kysely'
import { connect } from '../../db/connect.ts'
import { inTransaction } from '../../db/transaction.ts'

const database = await connect({ data_dir: process.argv[2]! })
const first = Number(process.argv[3])
console.log('ready')
for (let n = first; ; n++) {
  if (n % 3 === 0) {
    // Twenty rows that belong together.
    await inTransaction(database.db, async (trx) => {
      for (let i = 0; i < 20; i++) await sql`insert into parts values (${n}, ${i})`.execute(trx)
      await sql`insert into rows values (${n}, ${'x'.repeat(n % 2000)})`.execute(trx)
    })
  } else {
    await sql`insert into rows values (${n}, ${'x'.repeat(n % 2000)})`.execute(database.db)
  }
  if (n % 25 === 0) await sql`checkpoint`.execute(database.db)
  console.log(n)
}
