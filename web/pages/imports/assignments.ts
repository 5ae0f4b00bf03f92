/** Lines "field=column" of a text field; blank lines and lines without "=" are left out. Pure. */
export const assignmentLines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^[^=\s]+\s*=\s*\S/.test(line))
