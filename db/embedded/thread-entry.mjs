// First file of every thread of this folder. JavaScript because it is what makes TypeScript loadable: on Node 20
// `--import tsx` has no effect inside a worker thread.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.entry)
