// Sends files to be matched to films. By XMLHttpRequest, which tells how much of them is sent.

import { API_WATCHED, retryMessage } from "../shell/site.js";

// What the server takes of a request (movies/watched/files.py). It breaks off a much larger one
// while that is still being sent, and then its words do not arrive.
const MAX_BYTES = 32_000_000;
// Neither a bit sent nor an answer for so long: 100,000 rows are answered in a few seconds.
const STALL_TIMEOUT = 60_000; // milliseconds

// Why there is no answer, in words; `again` says whether the same files may be taken later.
export class UploadError extends Error {
  constructor(words, { again = false } = {}) {
    super(words);
    this.again = again;
  }
}

// The answer to these files; with `listsAreSeen` the films of lists are seen ones. `onSent` hears which share of them is sent, from 0 to 1. Throws
// UploadError, or the signal's reason when it is aborted.
export async function upload(files, { listsAreSeen = false, onSent, signal }) {
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (bytes > MAX_BYTES) throw new UploadError(tooLarge(files, bytes));
  const response = await send(formOf(files, listsAreSeen), { onSent, signal });
  if (response.status === 200 && response.json?.matched) return response.json;
  throw errorOf(response);
}

function tooLarge(files, bytes) {
  const what = files.length === 1 ? `${files[0].name} is` : "These files are";
  const megabytes = (size) => `${Math.round(size / 100_000) / 10} MB`;
  return `${what} too large: ${megabytes(bytes)}, and ${megabytes(MAX_BYTES)} are taken.`;
}

function formOf(files, listsAreSeen) {
  const form = new FormData();
  if (listsAreSeen) form.append("seen", "1");
  for (const file of files) form.append("file", file);
  return form;
}

function send(form, { onSent, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (words) => reject(new UploadError(words, { again: true }));
    let silence;
    const listenOn = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        fail("The server takes too long to answer.");
        request.abort();
      }, STALL_TIMEOUT);
    };
    const abort = () => request.abort();
    request.upload.onprogress = ({ loaded, total }) => {
      listenOn();
      onSent(total ? loaded / total : 1);
    };
    request.onload = () => resolve(responseOf(request));
    request.onerror = () => fail(networkMessage());
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => {
      clearTimeout(silence);
      signal.removeEventListener("abort", abort);
    };
    signal.addEventListener("abort", abort);
    request.open("POST", API_WATCHED);
    request.setRequestHeader("Accept", "application/json");
    request.send(form);
    listenOn();
  });
}

function responseOf(request) {
  let json = null;
  try {
    json = JSON.parse(request.responseText);
  } catch {
    // a proxy's page, perhaps: the status has to do
  }
  return { status: request.status, json, retryAfter: request.getResponseHeader("Retry-After") };
}

function networkMessage() {
  return navigator.onLine
    ? "The connection broke off before there was an answer."
    : "You are offline, and the films are matched on the server.";
}

function errorOf({ status, json, retryAfter }) {
  if (status === 429) {
    return new UploadError(`Too many files have come from your address. ${retryMessage(retryAfter)}`, { again: true });
  }
  if (status >= 400 && status < 500) return new UploadError(serverMessage(json) || statusMessage(status));
  return new UploadError(
    `The server failed to match the films (${status}). It is not your file’s fault.`,
    { again: true },
  );
}

function statusMessage(status) {
  return status === 413 ? "This is too large for the server." : `The server refused it (${status}).`;
}

// The server's own: {"errors": [{"detail": "…"}]}.
function serverMessage(json) {
  const errors = Array.isArray(json?.errors) ? json.errors : [];
  return errors.map((error) => error?.detail).filter((words) => typeof words === "string").join(" ");
}
