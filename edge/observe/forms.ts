/** What stands in a line for a value that has not the form that it should have. */
export const formless = "?";

const idForm = /^[A-Za-z0-9_][A-Za-z0-9._:~-]{0,127}$/;
const requestIdForm = /^[\w-]{8,64}$/;
const codeForm = /^[a-z][a-z0-9_]{0,63}$/;
const viewForm = /^[a-z][a-z0-9_]{0,63}(?:\/[A-Za-z0-9_][A-Za-z0-9._:~-]{0,127}){0,2}$/;
const traceForm = /^[0-9a-f]{32}$/;
const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The beginning of `{"` in base64: what every token of the issuer begins with. */
const tokenStart = "eyJ";
const of = (form: RegExp, text: string) => (form.test(text) && !text.includes(tokenStart) ? text : formless);

/** An id of the domain, or a stream's name. One that is an e-mail address, which the domain would take, is not told. */
export const idOf = (text: string) => of(idForm, text);
export const requestIdOf = (text: string) => of(requestIdForm, text);
/** A frozen code, or another word of ours. */
export const codeOf = (text: string) => of(codeForm, text);
export const viewOf = (text: string) => of(viewForm, text);
export const traceIdOf = (text: string) => of(traceForm, text);
export const commandIdOf = (text: string) => of(uuidForm, text);

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]);
export const methodOf = (text: string) => (methods.has(text) ? text : formless);

/** A whole number that is not negative; -1 stands for what is none. */
export const countOf = (value: number) => (Number.isSafeInteger(value) && value >= 0 ? value : -1);
/** Milliseconds to the hundredth. */
export const msOf = (value: number) => (Number.isFinite(value) && value >= 0 ? Math.round(value * 100) / 100 : -1);
