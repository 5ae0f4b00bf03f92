/** `npm run build:engine`: makes the files the embedded database starts from; does nothing when they are current. */
import { ensureEngineFiles } from '../db/embedded/files.ts'

const started = Date.now()
const files = await ensureEngineFiles(console.log)
console.log(`embedded engine ready in ${((Date.now() - started) / 1000).toFixed(1)} s: ${files.template_path}`)
