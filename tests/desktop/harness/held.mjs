// Looking for words in all that the page holds: its document and fields, what outlives it, and every object that can be reached from the
// window and from the elements. React hangs its tree of views on the elements; in it stand what the views remember, the stores that
// they listen to, and the cache of the engine's answers.

/** Where the page holds these words, and how many objects were looked at. */
export function heldByPage(app, words) {
  return app.driver.run(look, words);
}

/** From now on the page keeps every answer of the shell's, so that they are searched too. Events are not among them. */
export function keepAnswers(app) {
  return app.driver.run(() => {
    const answers = [];
    window.answersOfShell = answers;
    const usual = window.fetch;
    window.fetch = async (...question) => {
      const answer = await usual(...question);
      answers.push(await answer.clone().text());
      return answer;
    };
  });
}

export function answersKept(app) {
  return app.driver.run(() => window.answersOfShell);
}

/** It runs in the page. What has to be asked of a getter is not looked at: it may make what it gives. */
function look(words) {
  const found = [];
  const known = new Set();
  const open = [];
  const take = (value, path) => {
    if (typeof value === "string") {
      if (value.includes(words)) found.push(path);
      return;
    }
    const isThing = (typeof value === "object" && value !== null) || typeof value === "function";
    if (!isThing || known.has(value)) return;
    known.add(value);
    open.push([value, path]);
  };
  take(document.documentElement.outerHTML, "document");
  take(document.cookie, "cookies");
  take(location.href, "location");
  for (const [name, store] of Object.entries({ localStorage, sessionStorage }))
    for (const key of Object.keys(store)) take(store.getItem(key), `${name}.${key}`);
  for (const field of document.querySelectorAll("input, textarea")) take(field.value, `field ${field.name}`);
  take(history.state, "history.state");
  for (const element of document.querySelectorAll("*")) take(element, element.tagName);
  take(window, "window");
  while (open.length > 0) {
    const [thing, path] = open.pop();
    if (thing instanceof Map)
      for (const [key, value] of thing) (take(key, `${path}<key>`), take(value, `${path}<value>`));
    if (thing instanceof Set) for (const value of thing) take(value, `${path}<member>`);
    for (const key of Reflect.ownKeys(thing)) {
      const property = Reflect.getOwnPropertyDescriptor(thing, key);
      if (property !== undefined && "value" in property)
        take(property.value, `${path}.${String(key)}`.slice(-160));
    }
  }
  return { found, looked: known.size };
}
