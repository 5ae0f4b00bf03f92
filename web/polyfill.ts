/** Two ES2022 methods that Chromium kernels below 93 lack; build.target lowers syntax, not the library. */
if (!Object.hasOwn) {
  Object.hasOwn = (object: object, key: PropertyKey) => Object.hasOwn(object, key)
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

export {}
