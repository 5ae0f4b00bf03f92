// Adds up the reports of vitest and playwright; a missing report counts as a failure.
import { readFileSync } from 'node:fs'

let passed = 0
let failed = 0
let skipped = 0
for (const file of process.argv.slice(2)) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    if (report.stats) {
      passed += report.stats.expected + report.stats.flaky
      failed += report.stats.unexpected + (report.errors?.length ?? 0)
      skipped += report.stats.skipped
    } else {
      passed += report.numPassedTests
      failed += Math.max(report.numFailedTests, report.success ? 0 : 1)
      skipped += report.numPendingTests
    }
  } catch (error) {
    console.log(`no report ${file}: ${error.message}`)
    failed += 1
  }
}
if (skipped > 0) console.log(`skipped: ${skipped}`)
console.log(`Tests: ${passed} passed, ${failed} failed`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)
