import { pathToFileURL } from 'node:url'
import { type Extension, PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { raiseCppExceptions } from './cpp-errors.ts'
import { sessionSettings } from './settings.ts'

/** PostGIS from our lean bundle, without the raster switches the stock extension object sets. */
function leanPostgis(bundlePath: string): Extension {
  return {
    name: 'postgis',
    setup: async (pg, emscriptenOpts) => {
      raiseCppExceptions(pg as PGlite, emscriptenOpts)
      emscriptenOpts.PGLITE_ENV.PROJ_DATA = '/pglite/share/proj'
      return { emscriptenOpts, bundlePath: pathToFileURL(bundlePath) }
    },
  }
}

/** Options for PGlite.create: extensions, and a server that syncs for real (see DurableNodeFS). */
export function engineOptions(bundlePath: string): PGliteOptions {
  const settings = {
    ...sessionSettings,
    wal_sync_method: 'fsync',
    // WebAssembly memory never shrinks, and the operating system caches the files too; 128 MB cost 60 MB more.
    shared_buffers: '64MB',
    min_wal_size: '32MB',
    max_wal_size: '64MB',
    work_mem: '32MB',
    random_page_cost: '1.1',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return {
    extensions: { postgis: leanPostgis(bundlePath), pg_trgm, btree_gist },
    // -F means "no fsync"
    startParams: [...PGlite.defaultStartParams.filter((flag) => flag !== '-F'), ...flags],
  }
}
