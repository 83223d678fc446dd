/** Where the app signs people in, and where the pipeline is. */
export interface Configuration {
  readonly issuer: string;
  readonly clientId: string;
  readonly baseUrl: string;
}

const lastRead = "crowbar:configuration";

/**
 * Reads /config.json: `{issuer, clientId, baseUrl}`, each of which may be missing; the local stack's are taken then. Offline
 * it is what was read last.
 */
export async function readConfiguration(): Promise<Configuration> {
  return { ...localStack(location.origin), ...(await told()) };
}

const localStack = (origin: string): Configuration => ({
  issuer: `${origin}/auth`,
  clientId: "crowbar-local",
  baseUrl: origin,
});

async function told(): Promise<Partial<Configuration>> {
  try {
    const response = await fetch("/config.json");
    if (!response.ok) throw new Error(`/config.json answers ${response.status}`);
    const text = await response.text();
    const read = known(JSON.parse(text));
    localStorage.setItem(lastRead, JSON.stringify(read));
    return read;
  } catch {
    return known(JSON.parse(localStorage.getItem(lastRead) ?? "{}"));
  }
}

function known(read: Partial<Record<keyof Configuration, unknown>>): Partial<Configuration> {
  const text = (name: keyof Configuration) => {
    const value = read[name];
    return typeof value === "string" && value !== "" ? { [name]: value.replace(/\/$/, "") } : {};
  };
  return { ...text("issuer"), ...text("clientId"), ...text("baseUrl") };
}
