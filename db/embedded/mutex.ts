import { EngineError, sqlstate } from './errors.ts'

export interface Mutex {
  /** Waits for its turn, first come first served. The result gives the turn back. */
  acquire(timeoutMs: number): Promise<() => void>
  readonly isHeld: boolean
}

export function createMutex(): Mutex {
  let held = false
  const waiting: (() => void)[] = []

  const release = () => {
    const next = waiting.shift()
    if (next) next()
    else held = false
  }
  const once = () => {
    let released = false
    return () => {
      if (!released) release()
      released = true
    }
  }

  return {
    get isHeld() {
      return held
    },
    acquire(timeoutMs) {
      if (!held) {
        held = true
        return Promise.resolve(once())
      }
      return new Promise((resolve, reject) => {
        const turn = () => {
          clearTimeout(timer)
          resolve(once())
        }
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(turn), 1)
          const text = `the database has been busy for ${timeoutMs / 1000} s (is db used inside its own transaction?)`
          reject(new EngineError(sqlstate.too_many_connections, text))
        }, timeoutMs)
        waiting.push(turn)
      })
    },
  }
}
