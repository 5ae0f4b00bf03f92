/**
 * Turns C++ exceptions inside PostGIS (every GEOS failure, e.g. an overlay of a self-crossing polygon) into ordinary
 * PostgreSQL errors.
 *
 * PGlite's PostGIS is built without exception handling: nothing catches what GEOS throws. The exception unwinds
 * through the executor as a JavaScript exception, and the first PostgreSQL frame that guards itself with PG_TRY takes
 * it for the normal return of the call it guards. So `insert … returning` answers INSERT 0 2 after two of four rows,
 * and the transaction commits. Nothing in the answer tells. Every exception, however, goes through one imported
 * function, __cxa_throw; raising a PostgreSQL ERROR there is what PostGIS does itself where exceptions work.
 * The price: C++ destructors do not run, so each failure leaks a little memory.
 */
import type { PGlite } from '@electric-sql/pglite'

/** What of the engine's module is used here, by the names of PostgreSQL's elog.h. */
interface Elog {
  _errstart(level: number, domain: number): number
  _errcode(sqlstate: number): number
  _errmsg_internal(format: number, varargs: number): number
  _errfinish(file: number, line: number, routine: number): void
  stringToUTF8OnStack(text: string): number
  HEAPU8: Uint8Array
  HEAPU32: Uint32Array
}

const errorLevel = 21 // elog.h: ERROR
const internalError = 2600 // errcodes.h: ERRCODE_INTERNAL_ERROR, XX000, which PostGIS raises itself

/** Text of a std::runtime_error in libc++: a pointer to it follows the pointer to the virtual table. */
function whatOf(module: Elog, exception: number): string {
  const start = module.HEAPU32[(exception + 4) >> 2] ?? 0
  const bytes = module.HEAPU8.subarray(start, start + 300)
  const end = bytes.indexOf(0)
  const text = new TextDecoder().decode(bytes.subarray(0, Math.max(end, 0)))
  // Another kind of exception has something else there.
  return /^[\x20-\x7e]+$/.test(text) ? text : 'C++ exception'
}

/** Never returns: errfinish leaves by PostgreSQL's own longjmp. */
function raise(module: Elog, exception: number): void {
  const text = `GEOS Error: ${whatOf(module, exception)}`
  module._errstart(errorLevel, 0)
  module._errcode(internalError)
  module._errmsg_internal(module.stringToUTF8OnStack(text.replaceAll('%', '%%')), 0)
  module._errfinish(0, 0, 0)
}

interface EmscriptenOptions {
  instantiateWasm(imports: { env: Record<string, unknown> }, done: unknown): unknown
}

/** Puts `raise` in the place of __cxa_throw; called while the engine is being set up. */
export function raiseCppExceptions(pg: PGlite, options: EmscriptenOptions): void {
  const instantiate = options.instantiateWasm
  options.instantiateWasm = (imports, done) => {
    if (typeof imports.env['__cxa_throw'] !== 'function') throw new Error('this PGlite has no __cxa_throw to replace')
    const replacement = (exception: number) => raise(pg.Module as unknown as Elog, exception)
    // The signature Emscripten keeps beside each import: nothing, from three pointers.
    imports.env['__cxa_throw'] = Object.assign(replacement, { sig: 'vppp' })
    return instantiate(imports, done)
  }
}
