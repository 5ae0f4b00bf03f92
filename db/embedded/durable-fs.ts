import fs from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

interface NodeStream {
  nfd?: number | null
  node: object
}

/** The part of Emscripten's NODEFS this file reaches into. Internal to Emscripten: the PGlite version is pinned. */
interface EmscriptenModule {
  FS: {
    filesystems: {
      NODEFS: { realPath(node: object): string; stream_ops: { fsync?: (stream: NodeStream) => number } }
    }
  }
}

type EmscriptenOptions = Parameters<NodeFS['init']>[1]

/**
 * PGlite's NodeFS with a real fsync. The stock one has none: a power cut could lose acknowledged commits.
 * PostgreSQL must run without `-F` and with wal_sync_method=fsync, because Emscripten's fdatasync does nothing.
 */
export class DurableNodeFS extends NodeFS {
  /** Successful fsync calls since the start; the tests compare it with the number of commits. */
  fsyncs = 0

  override async init(pg: PGlite, options: EmscriptenOptions) {
    const result = await super.init(pg, options)
    const install = (module: unknown) => {
      const nodefs = (module as EmscriptenModule).FS.filesystems.NODEFS
      nodefs.stream_ops.fsync = (stream) => {
        this.#sync(stream, nodefs.realPath)
        return 0
      }
    }
    return { emscriptenOpts: { ...result.emscriptenOpts, preRun: [install, ...(result.emscriptenOpts.preRun ?? [])] } }
  }

  #sync(stream: NodeStream, realPath: (node: object) => string) {
    if (stream.nfd != null) {
      fs.fsyncSync(stream.nfd)
    } else {
      // A directory: Emscripten opens no descriptor for it.
      const descriptor = fs.openSync(realPath(stream.node), 'r')
      try {
        fs.fsyncSync(descriptor)
      } finally {
        fs.closeSync(descriptor)
      }
    }
    this.fsyncs += 1
  }
}
