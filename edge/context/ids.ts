/** The port through which every id that a server makes comes. */
export interface Ids {
  /** Of a request, for logs and error answers. A UUIDv7. */
  request(): string;
}
