// A typed client in forty lines: every address, parameter and field is checked against api.d.ts.
/** @import { Answer, Errors, Parameters, Readable } from "./types" */

const LONGEST_WAIT_SECONDS = 60;

/** What the service said instead of an answer; `code` stays as it is, the words may not. */
export class ApiError extends Error {
  /** @param {number} status @param {Errors} refused */
  constructor(status, refused) {
    super(refused.errors.map((error) => error.detail).join(" "));
    this.status = status;
    this.errors = refused.errors;
  }
}

/** @param {string} site Where the service is, as in `http://localhost:8000`. */
export function connect(site) {
  /**
   * @template {Readable} Address
   * @param {Address} address
   * @param {Parameters<Address>} [asked]
   * @returns {Promise<Answer<Address>>}
   */
  return async function get(address, asked) {
    const { path = {}, query = {}, signal } = /** @type {any} */ (asked ?? {});
    const place = address.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name]));
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const url = `${site}${place}?${new URLSearchParams(/** @type {any} */ (given))}`;
    for (;;) {
      const response = await fetch(url, { signal });
      const wait = Number(response.headers.get("Retry-After"));
      if (response.ok) return response.json();
      if (response.status !== 429 || wait > LONGEST_WAIT_SECONDS) {
        throw new ApiError(response.status, await response.json());
      }
      await new Promise((done) => setTimeout(done, 1000 * wait));
    }
  };
}
