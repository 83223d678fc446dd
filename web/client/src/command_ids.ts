/** What is only asked has no id of its own. */
export const nobodysId = "00000000-0000-7000-8000-000000000000";

/**
 * Makes the ids of commands: UUIDv7 (RFC 9562), each greater than those before it, also where the device's clock goes back.
 * Their order is the order of the outbox.
 */
export class CommandIds {
  #at = 0;
  #count = 0;

  /** Ids from now on are greater than this one. */
  follow(id: string): void {
    const at = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
    const count = Number.parseInt(id.slice(15, 18), 16);
    if (at > this.#at || (at === this.#at && count > this.#count)) {
      this.#at = at;
      this.#count = count;
    }
  }

  next(now: number): string {
    if (now > this.#at) {
      this.#at = now;
      this.#count = 0;
    } else if (++this.#count > 0xfff) {
      this.#at += 1;
      this.#count = 0;
    }
    const random = Array.from(crypto.getRandomValues(new Uint8Array(8)), hex(2)).join("");
    const at = hex(12)(this.#at);
    const variant = hex(1)(8 + (Number.parseInt(random.slice(0, 1), 16) & 3));
    return `${at.slice(0, 8)}-${at.slice(8)}-7${hex(3)(this.#count)}-${variant}${random.slice(1, 4)}-${random.slice(4)}`;
  }
}

const hex = (digits: number) => (value: number) => value.toString(16).padStart(digits, "0");
