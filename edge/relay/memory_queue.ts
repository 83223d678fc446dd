import type { Clock } from "../context/clock.ts";
import { Group } from "./group.ts";
import { Halts } from "./halts.ts";
import type { Journal, JournalEntry } from "./journal.ts";
import { Positions } from "./positions.ts";
import { type DeadLetter, type Delivery, isCatchUp, type Message, type Queue, QueueClosed } from "./queue.ts";
import { Room } from "./room.ts";
import { Schedule } from "./schedule.ts";

export interface MemoryQueueOptions {
  readonly clock: Clock;
  /** Bytes of messages that may wait until `publish` does. 32 MB where nothing is said. */
  readonly capacity?: number;
  /** Keeps what is halted when the process ends. */
  readonly journal?: Journal;
}

type Receiving = Parameters<Queue["receive"]>[0];

/** What a message takes beside its event. */
const overhead = 200;

/**
 * The queue in the process, and with a fixed clock the deterministic twin of every other. It forgets its messages when
 * the process ends, as the log has them; what is halted it keeps in a journal.
 */
export class MemoryQueue implements Queue {
  readonly #clock: Clock;
  readonly #halts: Halts;
  readonly #room: Room;
  readonly #schedule: Schedule;
  readonly #groups = new Map<string, Group>();
  readonly #positions = new Positions();
  #size = 0;
  #receipts = 0;
  #closed = false;

  private constructor(options: MemoryQueueOptions, entries: readonly JournalEntry[]) {
    const { clock, capacity = 32 * 2 ** 20, journal } = options;
    this.#clock = clock;
    this.#halts = new Halts(journal, entries);
    this.#room = new Room(capacity);
    this.#schedule = new Schedule(clock);
    for (const { state, group, stream, version } of entries) {
      if (state === "owed") this.#add({ group, stream, version });
    }
  }

  /** Opens it with what the journal holds. Throws what the journal throws. */
  static async open(options: MemoryQueueOptions): Promise<MemoryQueue> {
    return new MemoryQueue(options, (await options.journal?.load()) ?? []);
  }

  async publish(messages: readonly Message[], signal?: AbortSignal): Promise<void> {
    this.#mustBeOpen();
    for (const message of messages) {
      if (!isCatchUp(message) || this.#isNeedless(message)) continue;
      await this.#halts.owe(message);
    }
    await this.#room.take(
      messages.reduce((bytes, message) => bytes + sizeOf(message), 0),
      signal,
    );
    for (const message of messages) this.#add(message);
  }

  async receive({ max, visibilityMs, signal }: Receiving): Promise<Delivery | undefined> {
    const group = await this.#schedule.next(signal);
    if (group === undefined) return undefined;
    this.#receipts += 1;
    const receipt = String(this.#receipts);
    const messages = group.hold(receipt, max, this.#clock.now() + visibilityMs);
    this.#schedule.place(group);
    return { receipt, group: group.name, messages, attempt: group.attempts };
  }

  async acknowledge(delivery: Delivery): Promise<void> {
    for (const message of delivery.messages) {
      const group = this.#heldBy(delivery);
      if (group === undefined) return;
      if (isCatchUp(message) && !group.awaitsCatchUp(message.stream)) await this.#halts.hadCatchUp(message);
    }
    const group = this.#heldBy(delivery);
    if (group === undefined) return;
    for (const message of group.takeHeld()) this.#done(message);
    this.#free(group);
  }

  async release(delivery: Delivery, delayMs: number): Promise<void> {
    const group = this.#heldBy(delivery);
    if (group !== undefined) this.#free(group, this.#clock.now() + delayMs);
  }

  async park(delivery: Delivery, stream: string, version: number, reason: string): Promise<void> {
    if (this.#heldBy(delivery) === undefined) return;
    await this.#halts.halt({ group: delivery.group, stream, version, reason, waiting: 0 });
    // The halt stands, also where the delivery's time has passed while it was written down.
    const group = this.#groups.get(delivery.group);
    const { done, aside } = group?.takeHalted(stream, version) ?? { done: [], aside: [] };
    for (const message of [...done, ...aside]) this.#done(message);
    this.#halts.putAside(delivery.group, stream, Math.max(aside.length, 1));
    if (group !== undefined) this.#free(group);
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#halts.all();
  }

  async redrive(group?: string): Promise<number> {
    this.#mustBeOpen();
    const letters = this.#halts.all(group);
    for (const letter of letters) this.#add(await this.#halts.goOn(letter));
    return letters.length;
  }

  async depth(): Promise<number> {
    return this.#size;
  }

  unsettled(): number | undefined {
    return this.#positions.lowest();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#room.close();
    this.#schedule.close();
    await this.#halts.close();
  }

  #add(message: Message): void {
    const letter = this.#halts.find(message.group, message.stream);
    if (letter !== undefined && (isCatchUp(message) || message.version >= letter.version)) {
      this.#room.give(sizeOf(message));
      if (!isCatchUp(message)) this.#halts.putAside(message.group, message.stream, 1);
      return;
    }
    if (isCatchUp(message) && this.#isNeedless(message)) return;
    const group = this.#groups.get(message.group) ?? new Group(message.group);
    this.#groups.set(message.group, group);
    group.waiting.push(message);
    this.#size += 1;
    if (!isCatchUp(message)) this.#positions.add(message.position);
    this.#schedule.place(group);
  }

  /** There is one already, or the view may have none. */
  #isNeedless({ group, stream }: Message): boolean {
    return this.#halts.find(group, stream) !== undefined || this.#groups.get(group)?.awaitsCatchUp(stream) === true;
  }

  #done(message: Message): void {
    this.#size -= 1;
    this.#room.give(sizeOf(message));
    if (!isCatchUp(message)) this.#positions.remove(message.position);
  }

  #heldBy({ group, receipt }: Delivery): Group | undefined {
    const found = this.#groups.get(group);
    return found?.isHeldBy(receipt, this.#clock.now()) ? found : undefined;
  }

  #free(group: Group, notBefore = 0): void {
    group.free(notBefore);
    if (group.waiting.length === 0) this.#groups.delete(group.name);
    this.#schedule.place(group);
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new QueueClosed("The queue is closed.");
  }
}

function sizeOf(message: Message): number {
  return isCatchUp(message) ? 0 : message.event.length + overhead;
}
