/** Signs by which markdown might mean something. A text without any is shown as it is, which is most of what is said. */
const signs =
  /[*_~`[\]<>#|\\&]|^\s*(?:[-+]\s|\d+[.)]\s)|https?:\/\/|www\.|mailto:|\S@\S+\.\S|\n\s*\n| {2}\n|^(?: {4}|\t)|^\s*[=-]+\s*$/im;

export const needsMarkdown = (text: string): boolean => signs.test(text);
