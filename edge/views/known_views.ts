import type { Catalog } from "../domain.ts";

export type ViewCatalog = Catalog["views"][number];

/** A key that the rules have a view for. */
export interface KnownView {
  readonly key: string;
  readonly view: ViewCatalog;
  /** The one stream that it is about; absent where it is about all. */
  readonly stream?: string;
}

const id = /^[A-Za-z0-9_][A-Za-z0-9._:@~-]{0,127}$/;
const page = /^[1-9][0-9]{0,8}$/;

/**
 * Says which view a key is of; undefined where the rules have none of that key. Each view has one key: `01` is no page, and
 * where the core takes `messages/channel-general/1` for `messages/general/1`, only the latter is its key.
 */
export function knownViews(catalog: Catalog): (key: string) => KnownView | undefined {
  const views = new Map(catalog.views.map((view) => [view.name, view]));
  return (key) => {
    const [name = "", ...rest] = key.split("/");
    const view = views.get(name);
    if (view === undefined || rest.length !== view.key.split("/").length - 1) return undefined;
    const [named, number] = rest;
    if (named === undefined) return { key, view };
    if (number !== undefined && !page.test(number)) return undefined;
    const stream = streamOf(named, view.aggregate);
    return stream === undefined ? undefined : { key, view, stream };
  };
}

/** The stream that a key means; an id that begins as a stream's name does is written as that name, and only that is. */
function streamOf(named: string, aggregate: string): string | undefined {
  const prefix = `${aggregate}-`;
  const isStream = (text: string) => text.startsWith(prefix) && id.test(text.slice(prefix.length));
  const itself = isStream(named) ? named.slice(prefix.length) : named;
  const canonical = isStream(itself) ? prefix + itself : itself;
  return id.test(itself) && canonical === named ? prefix + itself : undefined;
}
