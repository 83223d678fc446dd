// What this device was told to look like; see src/theme/theme.ts.
try {
  const theme = JSON.parse(localStorage.getItem("crowbar:theme") ?? "null");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Then as the system says.
}
