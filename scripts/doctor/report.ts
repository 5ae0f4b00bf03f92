/** One line of the checklist, in both languages, with what to type when something is to be done. */
export interface Check {
  mark: 'ok' | 'warn' | 'fail'
  zh: string
  en: string
  commands?: string[]
}

export interface Section {
  zh: string
  en: string
  checks: Check[]
}

const SIGN = { ok: '✓', warn: '!', fail: '✗' } as const

export const ok = (zh: string, en: string): Check => ({ mark: 'ok', zh, en })
export const warn = (zh: string, en: string, ...commands: string[]): Check => ({ mark: 'warn', zh, en, commands })
export const fail = (zh: string, en: string, ...commands: string[]): Check => ({ mark: 'fail', zh, en, commands })
/** ok when the condition holds, else the other one. */
export const expectThat = (holds: boolean, good: Check, bad: Check): Check => (holds ? good : bad)

const lines = ({ mark, zh, en, commands = [] }: Check): string[] => [
  `  ${SIGN[mark]} ${zh} / ${en}`,
  ...commands.map((command) => `      ${command}`),
]

/** The checklist as text. */
export const textOf = (sections: Section[]): string =>
  sections
    .filter(({ checks }) => checks.length > 0)
    .map(({ zh, en, checks }) => [`${zh} ${en}`, ...checks.flatMap(lines)].join('\n'))
    .join('\n\n')

export const hasFailed = (sections: Section[]): boolean =>
  sections.some(({ checks }) => checks.some(({ mark }) => mark === 'fail'))
