// The sheet with the settings, opened as a person does it.

export async function openSettings(app) {
  await app.press("button", /^W?\s*Waxwing/);
  await app.press("menuitem", /[Ss]ettings/);
  await app.find("heading", /^Settings$/);
}

export async function closeSettings(app) {
  await app.press("button", /^Close$/);
  await app.gone("dialog", /./);
}
