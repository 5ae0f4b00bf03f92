/** Two ES2022 methods that Chromium kernels below 93 lack; build.target lowers syntax, not the library. */
// Taken out first: minifiers turn Object.prototype.hasOwnProperty.call() into the very Object.hasOwn defined here.
const { hasOwnProperty: owns } = {} as object

if (!Object.hasOwn) {
  Object.hasOwn = (object: object, key: PropertyKey) => Reflect.apply(owns, object, [key])
}
for (const type of [Array, String, Uint8Array]) {
  if (!('at' in type.prototype)) {
    Object.defineProperty((type as { prototype: object }).prototype, 'at', {
      value(this: ArrayLike<unknown>, index: number) {
        const at = Math.trunc(index) || 0
        return this[at < 0 ? this.length + at : at]
      },
      configurable: true,
      writable: true,
    })
  }
}
