import { randomFillSync } from "node:crypto";
import type { Clock } from "./clock.ts";
import type { Ids } from "./ids.ts";

/** Random bytes of that many ids are drawn at once: drawing is slow, whatever the number. */
const drawn = 256;
const perId = 10;
/** A counter of 12 bits starts in its lower half, so that 2048 more ids fit into its millisecond. */
const counterStart = 0x7ff;
const counterMost = 0xfff;

/**
 * UUIDv7 (RFC 9562): 48 bits of time, a counter of 12 bits that starts at random in each millisecond (its method 1), and 62
 * random bits. Each is greater than the one before, also where the clock steps back or the counter runs over: then
 * their time goes ahead of the clock's.
 */
export class SystemIds implements Ids {
  readonly #clock: Clock;
  readonly #random = Buffer.alloc(drawn * perId);
  #used = drawn * perId;
  #at = 0;
  #counter = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  request(): string {
    const random = this.#draw();
    const now = this.#clock.now();
    if (now > this.#at) this.#begin(now, random);
    else if (this.#counter < counterMost) this.#counter += 1;
    else this.#begin(this.#at + 1, random);

    const bytes = Buffer.allocUnsafe(16);
    bytes.writeUIntBE(this.#at, 0, 6);
    bytes.writeUInt16BE(0x7000 | this.#counter, 6);
    random.copy(bytes, 8, 2);
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
    const hex = bytes.toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  #begin(at: number, random: Buffer): void {
    this.#at = at;
    this.#counter = random.readUInt16BE(0) & counterStart;
  }

  #draw(): Buffer {
    if (this.#used === this.#random.length) {
      randomFillSync(this.#random);
      this.#used = 0;
    }
    this.#used += perId;
    return this.#random.subarray(this.#used - perId, this.#used);
  }
}
