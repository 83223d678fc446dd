// In place of @ungap/structured-clone: every browser that runs the rules has its own.
// biome-ignore lint/style/noDefaultExport: that package has one.
export default structuredClone;
