// C++ as far as a list of forbidden words needs to understand it.

/** `text` without comments and without what stands in quotes, line for line as before, in one string and in lines. */
export function codeOf(text) {
  const blank = (part) => part.replace(/[^\n]/g, " ");
  const pattern = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"(\w*)\([\s\S]*?\)\1"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'(?!\d)/g;
  const stripped = text.replace(pattern, (part, _delimiter, at) => {
    if (part.startsWith("/")) return blank(part);
    // An include in quotes names a file; 1'000'000 is a number.
    if (part.startsWith("'") && /[\da-fA-F]/.test(text[at - 1] ?? "")) return part;
    return `${part[0]}${blank(part.slice(1, -1))}${part.at(-1)}`;
  });
  return { text: stripped, lines: stripped.split("\n") };
}

/** Statements with the braces around them: `{statement, line, inside}`, where `inside` are the heads of the blocks. */
function* statements({ text }) {
  const inside = [];
  let head = "";
  let line = 1;
  let headLine = 1;
  let parentheses = 0;
  let preprocessor = false;
  for (const [at, character] of [...text].entries()) {
    if (character === "\n") {
      line += 1;
      if (preprocessor && text[at - 1] !== "\\") preprocessor = false;
      head += " ";
      continue;
    }
    if (character === "#" && head.trim() === "") preprocessor = true;
    if (preprocessor) continue;
    if (head.trim() === "" && character.trim() !== "") headLine = line;
    if (character === "(") parentheses += 1;
    if (character === ")") parentheses -= 1;
    if (character === "{" && parentheses === 0) {
      yield { statement: head.trim(), line: headLine, inside: [...inside], opens: true };
      inside.push(head.trim());
      head = "";
    } else if (character === "}" && parentheses === 0) {
      inside.pop();
      head = "";
    } else if (character === ";" && parentheses === 0) {
      if (head.trim() !== "") yield { statement: head.trim(), line: headLine, inside: [...inside], opens: false };
      head = "";
    } else {
      head += character;
    }
  }
}

const isNamespace = (head) => /^(?:inline )?namespace\b/.test(head);
const isRecord = (head) => /^(?:template\s*<.*>\s*)?(?:requires .*)?(?:struct|class|union)\b/.test(head);
const isConstant = (statement) =>
  /\b(?:constexpr|constinit const|consteval)\b|^(?:static |inline )*const\b/.test(statement);
const declares =
  /^(?:template\s*<[^;]*>\s*)?(?:static |inline |extern |thread_local )*(?:[\w:]+(?:<.*>)?[\s*&]+)+\w+(?:\[.*\])?\s*(?:=.*)?$/;
const isOther =
  /^(?:using|typedef|struct|class|union|enum|namespace|friend|template\s*<[^>]*>\s*(?:struct|class|using|concept)|static_assert|return|public|private|concept|extern\s*$|requires|case|goto|delete|co_)\b/;

/** Lines that declare a variable which lives longer than a call and may change. */
export function namespaceVariables(code) {
  const found = [];
  for (const { statement, line, inside } of statements(code)) {
    const free = inside.every(isNamespace);
    const isStatic = /^static\s/.test(statement);
    if ((!free && !isStatic) || isConstant(statement) || isOther.test(statement)) continue;
    const plain = statement.replace(/\[\[[^\]]*\]\]\s*/g, "");
    if (plain.replace(/=.*/s, "").includes("(")) continue; // a function
    if (declares.test(plain.replace(/\s+/g, " "))) found.push(line);
  }
  return found;
}

/** Lines that declare a member of a type that matches, in a record that describes itself: such records are written. */
export function declaredMembers(code, type) {
  const found = [];
  const described = new Set();
  for (const { statement, inside } of statements(code)) {
    if (/\bdescribe\s*\(\s*\)/.test(statement) && isRecord(inside.at(-1) ?? "")) described.add(inside.at(-1));
  }
  for (const { statement, line, inside } of statements(code)) {
    const owner = inside.at(-1) ?? "";
    if (described.has(owner) && !statement.includes("(") && !isConstant(statement) && type.test(statement))
      found.push(line);
  }
  return found;
}
