import { crc32 } from "node:zlib";
import { StoreDamaged } from "../event_store.ts";

export type Fields = readonly (string | number)[];

/** The checksum of a record: its fields as JSON, which keeps them apart, then its bytes, whose lengths are fields. */
export function checksum(fields: Fields, ...bytes: readonly Uint8Array[]): number {
  const start = crc32(JSON.stringify([...fields, ...bytes.map(({ length }) => length)]));
  return bytes.reduce((sum, part) => crc32(part, sum), start);
}

/** @throws StoreDamaged where a record has another checksum than when it was written, or is not made of what it was. */
export function verify(what: string, crc: unknown, fields: Fields, ...bytes: readonly unknown[]): void {
  const parts = bytes.filter((part) => part instanceof Uint8Array);
  const actual = checksum(fields, ...parts);
  if (parts.length === bytes.length && actual === crc) return;
  throw new StoreDamaged(what, `${what} has checksum ${actual}; written was ${crc}.`);
}

/** The running checksum of a stream without events. Those of its lines go on from it, one after the other. */
export function runningFrom(stream: string): number {
  return crc32(stream);
}

/**
 * The checksum of an event: of the running one up to its line's end, and of where it stands. One running checksum over
 * many lines, in one call, so verifies them all, their order, and that none is missing.
 */
export function sealOf(stream: string, version: number, starts: number, before: number, running: number): number {
  return crc32(`${starts} ${before} ${version} ${stream}`, running);
}
