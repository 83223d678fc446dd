import { type ComponentType, lazy } from "react";

const firstMs = 1_000;
const mostMs = 30_000;

/**
 * A part of the app that is loaded when it is first shown, and asked for until it is there: a network that is gone for a while must not
 * take the rest of the app with it.
 */
export function later<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await loaded(load) }));
}

async function loaded<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let wait = firstMs; ; wait = Math.min(2 * wait, mostMs)) {
    try {
      return await load();
    } catch (error) {
      console.warn(error);
      await passed(wait);
    }
  }
}

/** After so long, or once there is a network again. */
function passed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
  });
}
