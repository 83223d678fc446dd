/**
 * The most bytes that chat.wasm and its glue may have, each compressed with brotli at its best: what a visitor downloads.
 * This is the one place: whoever makes the module smaller lowers it to the new size and 3 % more. The aim is 22 KB.
 */
export const budget = 46_000;
