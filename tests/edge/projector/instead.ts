/** A part with some of its functions replaced; the others are its own. */
export function instead<Part extends object>(part: Part, changes: object): Part {
  return new Proxy(part, {
    get(target, name) {
      const found = Reflect.get(name in changes ? changes : target, name);
      return typeof found === "function" ? found.bind(target) : found;
    },
  });
}
