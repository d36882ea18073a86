/* The page to try the API from: reads the API's own description and makes a form of each address. */
const $ = (selector, root = document) => root.querySelector(selector);
const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

const description = await (await fetch('/api/openapi.json')).json();
const formToken = $('meta[name="form-token"]')?.content;

const resolve = schema => schema?.$ref ? description.components.schemas[schema.$ref.split('/').pop()] : schema;

/* A body to begin with: the required fields, each with an example of its kind. */
const example = (schema, depth = 0) => {
  const found = resolve(schema) ?? {};
  if (depth > 4) return null;
  if (found.enum) return found.enum[0];
  if (found.oneOf ?? found.anyOf) return example((found.oneOf ?? found.anyOf)[0], depth + 1);
  if (found.const !== undefined) return found.const;
  if (found.type === 'object') {
    const fields = found.required ?? [];
    return Object.fromEntries(fields.map(name => [name, example(found.properties?.[name], depth + 1)]));
  }
  if (found.type === 'array') return [];
  if (found.type === 'integer' || found.type === 'number') return found.minimum ?? 0;
  if (found.type === 'boolean') return false;
  if (found.format === 'date') return '2026-06-13';
  return '';
};

const fieldList = schema => {
  const found = resolve(schema);
  if (!found?.properties) return '';
  const rows = Object.entries(found.properties).map(([name, field]) => {
    const is = resolve(field) ?? {};
    const words = is.description ?? field.description ?? '';
    const needed = found.required?.includes(name) ? 'required. ' : '';
    return make('div', {}, make('dt', {}, make('code', {}, name)), make('dd', {}, needed + words));
  });
  return make('dl', { class: 'dl' }, ...rows);
};

const card = (path, method, operation) => {
  const id = operation.operationId;
  const body = operation.requestBody?.content?.['application/json']?.schema;
  const box = make('details', { class: 'sec sec--light' });
  box.dataset.words = `${id} ${path}`.toLowerCase();
  box.append(make('summary', {}, make('code', {}, `${method.toUpperCase()} ${path}`), ` ${operation.summary ?? ''}`));
  box.addEventListener('toggle', () => {
    if (!box.open || box.dataset.made) return;
    box.dataset.made = 'yes';
    const form = make('form', { class: 'stack mt-m' });
    const about = resolve(body)?.description;
    if (about) form.append(make('p', {}, about));
    const inputs = (operation.parameters ?? []).map(parameter => {
      const input = make('input', { class: 'in', id: `${id}-${parameter.name}`, name: parameter.name });
      if (parameter.required) input.required = true;
      const label = make('label', { for: input.id }, `${parameter.name} `, make('span', { class: 'muted small' }, parameter.description ?? `(${parameter.in})`));
      form.append(make('div', { class: 'field' }, label, input));
      return [parameter, input];
    });
    let text;
    if (body) {
      text = make('textarea', { class: 'in mono', id: `${id}-body`, rows: 12, spellcheck: 'false' });
      text.value = JSON.stringify(example(body), null, 2);
      form.append(fieldList(body), make('div', { class: 'field' }, make('label', { for: text.id }, 'Body'), text));
    }
    const result = make('pre', { tabindex: '0', role: 'region', 'aria-label': 'Answer' });
    result.hidden = true;
    form.append(make('button', { class: 'btn' }, method === 'get' ? 'Ask' : 'Send'), result);
    form.addEventListener('submit', async event => {
      event.preventDefault();
      let address = path;
      const query = new URLSearchParams(), headers = {};
      for (const [parameter, input] of inputs) {
        if (!input.value) continue;
        if (parameter.in === 'path') address = address.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
        else if (parameter.in === 'query') query.set(parameter.name, input.value);
        else headers[parameter.name] = input.value;
      }
      const token = $('#token').value.trim();
      if (token) headers.Authorization = `Bearer ${token}`;
      if (formToken) headers['Koinon-Form-Token'] = formToken;
      if (text) headers['Content-Type'] = 'application/json';
      const url = query.size ? `${address}?${query}` : address;
      result.hidden = false;
      result.textContent = '…';
      try {
        const stop = new AbortController();
        const answer = await fetch(url, { method: method.toUpperCase(), headers, body: text?.value, signal: stop.signal });
        const shown = ['etag', 'koinon-position', 'location', 'link', 'retry-after'].filter(name => answer.headers.has(name));
        const head = [`${answer.status} ${answer.statusText}`, ...shown.map(name => `${name}: ${answer.headers.get(name)}`)].join('\n');
        if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
          result.textContent = `${head}\n\nA stream: read it with curl -N.`;
          stop.abort();
          return;
        }
        const raw = await answer.text();
        let pretty = raw;
        try { pretty = JSON.stringify(JSON.parse(raw), null, 2); } catch { /* shown as it is */ }
        result.textContent = `${head}\n\n${pretty}`;
      } catch (error) {
        result.textContent = String(error);
      }
    });
    box.append(form);
  });
  return box;
};

const all = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => card(path, method, operation)));
$('#docs').append(...all);
const status = $('#docs-status');
const filter = () => {
  const wanted = $('#find').value.toLowerCase();
  let shown = 0;
  for (const box of all) { box.hidden = !box.dataset.words.includes(wanted); shown += box.hidden ? 0 : 1; }
  status.textContent = `${shown} of ${all.length} addresses`;
};
$('#find').addEventListener('input', filter);
filter();
