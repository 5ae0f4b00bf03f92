import { type Transferable, Worker } from 'node:worker_threads'

/** A thread running a TypeScript file of this folder; it finds `workerData` in `workerData.options`. */
export function startThread(file: string, options: unknown, transferList: Transferable[] = []): Worker {
  const entry = new URL(file, import.meta.url).href
  return new Worker(new URL('thread-entry.mjs', import.meta.url), {
    workerData: { entry, options },
    transferList,
    // Not the parent's: its loaders and inspector are not meant for this thread.
    execArgv: [],
  })
}

/** Runs a thread to its end. */
export function runThread(file: string, options: unknown): Promise<void> {
  const worker = startThread(file, options)
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${file} ended with exit code ${code}`))))
  })
}
