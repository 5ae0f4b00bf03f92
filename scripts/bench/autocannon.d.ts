/** The part of autocannon 9 that the bench uses; the package has no types of its own. */
declare module 'autocannon' {
  interface Options {
    url: string
    connections: number
    /** Seconds. */
    duration: number
    requests: { path: string }[]
    headers: Record<string, string>
    workers: number
  }
  interface Result {
    /** Seconds. */
    duration: number
    errors: number
    non2xx: number
    '2xx': number
    /** Milliseconds. */
    latency: { p50: number; p99: number; max: number }
    /** Bytes. */
    throughput: { total: number }
  }
  function autocannon(options: Options): Promise<Result>
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS and exports a function
  export default autocannon
}
