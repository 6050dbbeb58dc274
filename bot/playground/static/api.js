// Calls of the playground's user side. Every function throws an Error with plain words when it is refused.

async function answer(response) {
  const body = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error(body?.error || `The playground answered ${response.status}.`);
  return body;
}

export async function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return answer(await fetch(`/playground/api/${path}?${new URLSearchParams(given)}`));
}

export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answer(await fetch(`/playground/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function upload(path, fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file, file.name);
  return answer(await fetch(`/playground/api/${path}`, { method: "POST", body: form }));
}

// Server-sent events from number `since` on; the browser reconnects and resumes by itself.
export function listen(since, heard, state) {
  const source = new EventSource(`/playground/api/stream?since=${since}`);
  source.onmessage = (event) => heard(JSON.parse(event.data));
  source.onopen = () => state(true);
  source.onerror = () => state(false);
  return source;
}
