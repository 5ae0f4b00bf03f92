import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { readTar, writeTar } from './tar.ts'

/** sha256 of `postgis.tar.gz` in @electric-sql/pglite-postgis 0.2.8, the only input this code was tried with. */
export const postgisSha256 = 'd46efee2dd5866127338b0ff1b085ec2ec4ae951d6b093891c33b9c28554581a'

/**
 * What PostGIS itself needs to run. Raster, topology and the geocoder stay out: two thirds of the bytes, 350 MB of memory,
 * and `create extension postgis_raster` poisons the whole session.
 */
const kept = new Set([
  'lib/postgresql/postgis-3.so',
  'share/postgresql/extension/postgis.control',
  'share/proj/proj.db',
  'share/proj/proj.ini',
])

/** Only `create extension` reads it, and that is done once, for the template. */
const installScript = 'share/postgresql/extension/postgis--3.6.2.sql'

/**
 * The PostGIS extension bundle reduced to what is needed to run, or to install too, as tar.gz.
 * Refuses an input other than the pinned one.
 */
export function leanPostgis(archive: Uint8Array, purpose: 'run' | 'install'): Buffer {
  const names = new Set(purpose === 'install' ? [...kept, installScript] : kept)
  const sha256 = createHash('sha256').update(archive).digest('hex')
  if (sha256 !== postgisSha256) {
    throw new Error(`postgis.tar.gz is not the pinned version: sha256 ${sha256}, expected ${postgisSha256}`)
  }
  const entries = [...readTar(gunzipSync(archive))].filter((entry) => names.has(entry.name))
  if (entries.length !== names.size) {
    const missing = [...names].filter((name) => !entries.some((entry) => entry.name === name))
    throw new Error(`postgis.tar.gz lacks ${missing.join(', ')}`)
  }
  // Level 1: the file is read at every start and never sent anywhere.
  return gzipSync(writeTar(entries), { level: 1 })
}
