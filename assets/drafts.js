// Keeps what a person typed into <form data-draft="key"> in the browser until it was sent.
//
// The server says what it made of a form by attributes: data-bound on a form shown again with its
// errors, data-sign-in on the body of a page that asks for a sign-in, data-refused on an error page.
const PREFIX = "zhijian-draft:";
const LIFETIME = 14 * 24 * 3600 * 1000;
const NEVER = new Set(["csrfmiddlewaretoken", "password", "idempotency_key"]);
const PENDING = "zhijian-sent:";

function owner() {
  return document.body.dataset.person || "";
}

function storageKey(form) {
  return `${PREFIX}${owner()}:${form.dataset.draft}`;
}

function isKept(field) {
  return (
    field.name &&
    !NEVER.has(field.name) &&
    !["password", "file", "hidden", "submit", "button"].includes(field.type)
  );
}

function valuesOf(form) {
  const values = {};
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const value =
      field.type === "checkbox" || field.type === "radio"
        ? { value: field.value, checked: field.checked }
        : field.multiple
          ? { selected: [...field.selectedOptions].map((option) => option.value) }
          : { text: field.value };
    (values[field.name] ||= []).push(value);
  }
  return values;
}

function fill(field, value) {
  if ("checked" in value) field.checked = value.checked;
  else if ("selected" in value) {
    for (const option of field.options) option.selected = value.selected.includes(option.value);
  } else field.value = value.text;
}

function restore(form, values) {
  const seen = {};
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const index = (seen[field.name] = (seen[field.name] ?? -1) + 1);
    const value = values[field.name]?.[index];
    if (value) fill(field, value);
  }
}

function offer(form, restored) {
  const template = document.getElementById("draft-offer");
  if (!template) return;
  const box = template.content.firstElementChild.cloneNode(true);
  box.querySelector("[data-draft-drop]").addEventListener("click", () => {
    localStorage.removeItem(storageKey(form));
    form.reset();
    box.remove();
  });
  const time = box.querySelector("time");
  time.dateTime = new Date(restored.at).toISOString();
  time.textContent = new Date(restored.at).toLocaleString(document.documentElement.lang);
  form.prepend(box);
}

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft && Date.now() - draft.at < LIFETIME ? draft : null;
  } catch {
    return null;
  }
}

function follow(form) {
  const key = storageKey(form);
  let timer = 0;
  const save = () => {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: valuesOf(form) }));
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 300);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save();
    sessionStorage.setItem(PENDING + key, location.pathname);
  });
}

// After a form was sent, the next page tells whether the server took it: not when it asks for a
// sign-in, shows an error page, or shows the form again with what is wrong. Only what was taken
// is forgotten. A part that is put into the page while the form is on its way tells nothing.
export function settleSent() {
  const { signIn, refused } = document.body.dataset;
  const refusedForms = new Set(
    [...document.querySelectorAll("form[data-draft][data-bound]")].map(storageKey),
  );
  for (const name of Object.keys(sessionStorage)) {
    if (!name.startsWith(PENDING)) continue;
    const key = name.slice(PENDING.length);
    sessionStorage.removeItem(name);
    const taken = signIn === undefined && refused === undefined && !refusedForms.has(key);
    if (taken) localStorage.removeItem(key);
  }
}

function keep(form) {
  if (form.dataset.draftKept) return;
  form.dataset.draftKept = "1";
  const draft = read(storageKey(form));
  if (draft && form.dataset.bound === undefined) {
    const untouched = JSON.stringify(valuesOf(form));
    restore(form, draft.values);
    if (JSON.stringify(valuesOf(form)) !== untouched) offer(form, draft);
  }
  follow(form);
}

export function keepDrafts(root) {
  for (const form of root.querySelectorAll?.("form[data-draft]") ?? []) keep(form);
}
