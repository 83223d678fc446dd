// In place of mdast-util-to-markdown: remark-gfm brings it to write markdown, and here it is only read.
export const defaultHandlers = {};
