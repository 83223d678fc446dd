// Tokens that nobody may be let in with, each by the name of what is wrong with it.
import { constants, generateKeyPairSync, sign } from "node:crypto";
import {
  claims,
  encoded,
  header,
  hmacToken,
  issuer,
  next,
  ours,
  secondsAfterNoon,
  stranger,
  token,
  withClaims,
  withHeader,
  without,
  withText,
} from "./issuer.ts";

const good = token();
const [goodHeader = "", goodClaims = "", goodSignature = ""] = good.split(".");
const pem = ours.publicKey.export({ type: "spki", format: "pem" });
const der = ours.publicKey.export({ type: "spki", format: "der" });
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" });
const said = (alg: string) => `${encoded({ ...header, alg })}.${encoded(claims)}`;
const unsigned = (alg: string, signature = "") => `${said(alg)}.${signature}`;
const flipped = (text: string, at: number) =>
  `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
const bomb = (open: string, levels: number, close: string) => `${open.repeat(levels)}1${close.repeat(levels)}`;

/** Bits that the last character of a part has too many, set: the same bytes, another text. */
function withTrailingBits(part: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = alphabet.indexOf(part.at(-1) ?? "");
  return `${part.slice(0, -1)}${alphabet[last + 1]}`;
}

const algorithms = {
  "alg none": unsigned("none"),
  "alg None": unsigned("None"),
  "alg NONE": unsigned("NONE"),
  "alg nOnE": unsigned("nOnE"),
  "alg none with a signature": unsigned("none", goodSignature),
  "alg none with a signature of its own": token({ ...header, alg: "none" }),
  "alg empty": token({ ...header, alg: "" }),
  "alg missing": token({ kid: header.kid }),
  "alg null": token({ ...header, alg: null }),
  "alg a list": token({ ...header, alg: ["RS256"] }),
  "alg rs256 in small letters": token({ ...header, alg: "rs256" }),
  "alg RS256 with a space": token({ ...header, alg: "RS256 " }),
  "HS256 with the public key's PEM as the secret": hmacToken("HS256", pem as string),
  "HS256 with the public key's PEM, trimmed": hmacToken("HS256", (pem as string).trim()),
  "HS256 with the public key's DER as the secret": hmacToken("HS256", der as Buffer),
  "HS256 with the public key's modulus as the secret": hmacToken("HS256", ours.jwk.n),
  "HS256 with an empty secret": hmacToken("HS256", ""),
  "RS256 said, signed as HS256 with the public key": hmacToken("RS256", pem as string),
  "RS384 by our own key": token({ ...header, alg: "RS384" }, claims, ours.privateKey, "RSA-SHA384"),
  "RS512 by our own key": token({ ...header, alg: "RS512" }, claims, ours.privateKey, "RSA-SHA512"),
  "RS256 said, signed as RS512": token(header, claims, ours.privateKey, "RSA-SHA512"),
  "PS256 by our own key": pss("PS256"),
  "RS256 said, signed as PS256": pss("RS256"),
  "ES256 by a key of its own": `${said("ES256")}.${sign("sha256", Buffer.from(said("ES256")), { key: elliptic.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`,
  "EdDSA said": token({ ...header, alg: "EdDSA" }),
};
function pss(alg: string): string {
  const padded = { key: ours.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return `${said(alg)}.${sign("sha256", Buffer.from(said(alg)), padded).toString("base64url")}`;
}

const { n, e } = stranger.jwk;
const keys = {
  "no kid": token({ alg: "RS256" }),
  "kid empty": withHeader({ kid: "" }),
  "kid null": withHeader({ kid: null }),
  "kid a number": withHeader({ kid: 1 }),
  "kid a list": withHeader({ kid: [ours.kid] }),
  "kid an object": withHeader({ kid: { kid: ours.kid } }),
  "kid a path": withHeader({ kid: "../../../../dev/null" }),
  "kid a query": withHeader({ kid: "x' UNION SELECT 'key' --" }),
  "kid an address": withHeader({ kid: "https://evil.example/key" }),
  "kid with a NUL": withHeader({ kid: `${ours.kid}\u0000` }),
  "kid a member of every object": withHeader({ kid: "__proto__" }),
  "kid a method of every object": withHeader({ kid: "constructor" }),
  "kid of a thousand characters": withHeader({ kid: "k".repeat(1000) }),
  "kid unknown": withHeader({ kid: "key-0" }),
  "kid of another key of the issuer": withHeader({ kid: next.kid }),
  "another issuer's key under its own kid": token({ ...header, kid: stranger.kid }, claims, stranger.privateKey),
  "another key under our kid": token(header, claims, stranger.privateKey),
  "a key embedded": token({ ...header, jwk: { kty: "RSA", n, e } }, claims, stranger.privateKey),
  "our own key embedded": withHeader({ jwk: ours.jwk }),
  "a key's address": token({ ...header, jku: "https://evil.example/jwks.json" }, claims, stranger.privateKey),
  "a certificate embedded": token({ ...header, x5c: [der.toString("base64")] }, claims, stranger.privateKey),
  "a certificate's address": withHeader({ x5u: "https://evil.example/cert.pem" }),
  "a certificate's thumbprint": withHeader({ "x5t#S256": "AAAA" }),
};

const headers = {
  "crit that names something": withHeader({ crit: ["exp"], exp: 1 }),
  "crit empty": withHeader({ crit: [] }),
  "b64 false": withHeader({ b64: false, crit: ["b64"] }),
  "b64 true": withHeader({ b64: true }),
  "cty JWT, a token in a token": token({ ...header, cty: "JWT" }, good),
  "a token in a token": token(header, good),
  "zip, a payload to inflate": withHeader({ zip: "DEF" }),
  "typ of an id token": withHeader({ typ: "id_token+jwt" }),
  "typ a number": withHeader({ typ: 1 }),
  "typ logout+jwt": withHeader({ typ: "logout+jwt" }),
  "a parameter that nobody knows": withHeader({ hello: "there" }),
  "alg twice, the last one right": token(withText(header, '"alg"', '"alg":"none","alg"')),
  "alg twice, the first one right": token(withText(header, '"alg":"RS256"', '"alg":"RS256","alg":"none"')),
  "kid twice": token(withText(header, '"kid"', '"kid":"key-9","kid"')),
  "kid twice, once escaped": token(withText(header, '"kid"', '"\\u006bid":"key-9","kid"')),
  "header a list": token([header]),
  "header null": token("null"),
  "header a text": token('"RS256"'),
  "header no JSON": token("{alg:RS256}"),
  "header empty": token("{}"),
  "header with a byte order mark": token(`\ufeff${JSON.stringify(header)}`),
  "header not UTF-8": token(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
  "header in UTF-16": token(Buffer.from(JSON.stringify(header), "utf16le")),
  "header with a comment": token(withText(header, "{", "{/**/")),
  "header with more behind it": token(`${JSON.stringify(header)}{}`),
  "header of 1,000 levels": token(bomb("[", 1000, "]")),
  "header of 700 objects in each other": token(bomb('{"a":', 700, "}")),
  "header of 1,000 members": token(JSON.stringify(Object.fromEntries(Array.from({ length: 600 }, (_, i) => [i, 1])))),
  "header with __proto__": token(withText(header, "{", '{"__proto__":{"alg":"RS256"},')),
};

const persons = {
  "no sub": without("sub"),
  "sub null": withClaims({ sub: null }),
  "sub empty": withClaims({ sub: "" }),
  "sub a number": withClaims({ sub: 7 }),
  "sub a list": withClaims({ sub: ["ada"] }),
  "sub an object": withClaims({ sub: { id: "ada" } }),
  "sub with a space": withClaims({ sub: "ada lovelace" }),
  "sub with a line's end": withClaims({ sub: "ada\r\nx-user-id: bob" }),
  "sub with a NUL": withClaims({ sub: "ada\u0000" }),
  "sub with a slash": withClaims({ sub: "../ada" }),
  "sub that begins with a dot": withClaims({ sub: ".ada" }),
  "sub in other letters": withClaims({ sub: "\u0430da" }),
  "sub of 129 characters": withClaims({ sub: "a".repeat(129) }),
  "sub in __proto__ alone": token(header, withText(claims, '"sub":"ada"', '"__proto__":{"sub":"ada"}')),
  "sub twice": token(header, withText(claims, '"sub"', '"sub":"bob","sub"')),
  "groups a text": withClaims({ "cognito:groups": "admin" }),
  "groups with a number": withClaims({ "cognito:groups": ["admin", 1] }),
  "groups with a space": withClaims({ "cognito:groups": ["ad min"] }),
  "groups, 101 of them": withClaims({ "cognito:groups": Array.from({ length: 101 }, (_, i) => `g${i}`) }),
};

const purposes = {
  "no issuer": without("iss"),
  "another issuer": withClaims({ iss: "https://evil.example" }),
  "the issuer with a slash": withClaims({ iss: `${issuer}/` }),
  "the issuer in other letters": withClaims({ iss: issuer.toUpperCase() }),
  "the issuer's beginning": withClaims({ iss: issuer.slice(0, -1) }),
  "the issuer and more": withClaims({ iss: `${issuer}2` }),
  "the issuer in a list": withClaims({ iss: [issuer] }),
  "the issuer twice": token(header, withText(claims, '"iss"', '"iss":"https://evil.example","iss"')),
  "the issuer twice, once escaped": token(
    header,
    withText(claims, '"iss"', '"\\u0069ss":"https://evil.example","iss"'),
  ),
  "no client": without("client_id"),
  "another client": withClaims({ client_id: "another" }),
  "the client in a list": withClaims({ client_id: [claims.client_id] }),
  "the client as aud alone": withClaims({ client_id: undefined, aud: claims.client_id }),
  "made for another audience": withClaims({ aud: "https://elsewhere.example" }),
  "made for a list of other audiences": withClaims({ aud: ["https://elsewhere.example"] }),
  "aud null": withClaims({ aud: null }),
  "an id token": withClaims({ token_use: "id", aud: claims.client_id, client_id: undefined }),
  "an id token that names the client": withClaims({ token_use: "id" }),
  "no use": without("token_use"),
  "use in a list": withClaims({ token_use: ["access"] }),
  "a refresh token's use": withClaims({ token_use: "refresh" }),
};

const moments = {
  "expired an hour ago": withClaims({ exp: secondsAfterNoon(-3600) }),
  "expired by the skew": withClaims({ exp: secondsAfterNoon(-60) }),
  "no exp": without("exp"),
  "exp null": withClaims({ exp: null }),
  "exp a text": withClaims({ exp: String(claims.exp) }),
  "exp a fraction": withClaims({ exp: claims.exp + 0.5 }),
  "exp with an exponent": token(header, withText(claims, `"exp":${claims.exp}`, '"exp":2e9')),
  "exp negative": withClaims({ exp: -claims.exp }),
  "exp 0": withClaims({ exp: 0 }),
  "exp beyond all numbers": token(header, withText(claims, `"exp":${claims.exp}`, '"exp":1e999')),
  "exp in ms": withClaims({ exp: claims.exp * 1_000_000 }),
  "exp a list": withClaims({ exp: [claims.exp] }),
  "exp twice": token(header, withText(claims, '"exp"', '"exp":9999999999,"exp"')),
  "nbf in the future": withClaims({ nbf: secondsAfterNoon(61) }),
  "nbf negative": withClaims({ nbf: -1 }),
  "iat negative": withClaims({ iat: -1 }),
  "nbf a text": withClaims({ nbf: String(claims.iat) }),
  "nbf a fraction": withClaims({ nbf: claims.iat + 0.1 }),
  "iat in the future": withClaims({ iat: secondsAfterNoon(61) }),
  "iat a text": withClaims({ iat: "noon" }),
};

const forms = {
  "a signature's bit flipped": `${goodHeader}.${goodClaims}.${flipped(goodSignature, 20)}`,
  "a header's character changed": `${flipped(goodHeader, 12)}.${goodClaims}.${goodSignature}`,
  "a claim's character changed": `${goodHeader}.${flipped(goodClaims, 12)}.${goodSignature}`,
  "the signature of another token": `${goodHeader}.${goodClaims}.${withClaims({ sub: "bob" }).split(".")[2]}`,
  "claims of another token": `${goodHeader}.${encoded({ ...claims, sub: "bob" })}.${goodSignature}`,
  "the signature cut short": good.slice(0, -8),
  "the signature with more behind it": `${good}AAAA`,
  "no signature": `${goodHeader}.${goodClaims}.`,
  "no header": `.${goodClaims}.${goodSignature}`,
  "no claims": `${goodHeader}..${goodSignature}`,
  "one part": goodHeader,
  "two parts": `${goodHeader}.${goodClaims}`,
  "four parts": `${good}.AAAA`,
  "five parts, as an encrypted token": `${encoded({ alg: "RSA-OAEP", enc: "A256GCM" })}.AAAA.AAAA.AAAA.AAAA`,
  "nothing but dots": "..",
  padding: `${goodHeader}.${goodClaims}.${goodSignature}==`,
  "padding inside": `${goodHeader}=.${goodClaims}.${goodSignature}`,
  "ordinary base64, not the one for addresses": `${goodHeader}.${goodClaims}.${goodSignature}`.replace(/.$/, "+"),
  "bits left over in the signature": `${goodHeader}.${goodClaims}.${withTrailingBits(goodSignature)}`,
  "a space inside": `${goodHeader} .${goodClaims}.${goodSignature}`,
  "a line's end inside": `${goodHeader}.\n${goodClaims}.${goodSignature}`,
  "a NUL behind it": `${good}\u0000`,
  "letters of another script": good.replace("e", "\u0435"),
  "claims a list": token(header, [claims]),
  "claims null": token(header, "null"),
  "claims no JSON": token(header, "sub=ada"),
  "claims of 1,000 levels": token(header, withText(claims, "{", `{"a":${bomb("[", 1000, "]")},`)),
  "claims with half a surrogate pair": token(header, withText(claims, '"ada"', '"\\ud800"')),
  "9 KB": withClaims({ scope: "s".repeat(7000) }),
  "a megabyte": withClaims({ scope: "s".repeat(1_000_000) }),
};

/** Every token by its name. */
export const forged: { readonly [name: string]: string } = {
  ...algorithms,
  ...keys,
  ...headers,
  ...persons,
  ...purposes,
  ...moments,
  ...forms,
};

/** What may stand in the headers in place of `Bearer <token>`, each a list of the values of Authorization. */
export const misplaced: { readonly [name: string]: readonly string[] } = {
  "two headers, both right": [`Bearer ${good}`, `Bearer ${good}`],
  "two headers, the first one right": [`Bearer ${good}`, "Bearer x"],
  "two headers, the last one right": ["Basic YWRhOmFkYQ==", `Bearer ${good}`],
  "two headers in one": [`Bearer ${good}, Bearer ${good}`],
  "an empty header": [""],
  "bearer and nothing else": ["Bearer"],
  "bearer and a space": ["Bearer "],
  "no scheme": [good],
  basic: ["Basic YWRhOmFkYQ=="],
  digest: ['Digest username="ada"'],
  dpop: [`DPoP ${good}`],
  "bearer with a colon": [`Bearer: ${good}`],
  "two spaces": [`Bearer  ${good}`],
  "a tab": [`Bearer\t${good}`],
  "a space before it": [` Bearer ${good}`],
  "a space behind it": [`Bearer ${good} `],
  quotes: [`Bearer "${good}"`],
  "a parameter": [`Bearer token=${good}`],
  "a header of a megabyte": [`Bearer ${"a".repeat(1_000_000)}`],
};
