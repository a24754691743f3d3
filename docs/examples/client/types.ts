// What an address takes and answers, looked up in the types that are generated from the schema.
import type { components, paths } from "./api";

export type Film = components["schemas"]["RankedFilm"];
export type Errors = components["schemas"]["Error"];

type GetOf<Address extends keyof paths> = paths[Address] extends { get: infer Get } ? Get : never;

export type Readable = {
  [Address in keyof paths]: paths[Address] extends { get: object } ? Address : never;
}[keyof paths];

export type Parameters<Address extends Readable> =
  GetOf<Address> extends { parameters: { query?: infer Query; path?: infer Path } }
    ? { query?: Query; path?: Path; signal?: AbortSignal }
    : never;

export type Answer<Address extends Readable> =
  GetOf<Address> extends { responses: { 200: { content: { "application/json": infer Body } } } }
    ? Exclude<Body, components["schemas"]["RadarrFilm"][]>
    : never;
