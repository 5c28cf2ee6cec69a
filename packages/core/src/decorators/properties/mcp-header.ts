import { document, type DtoPropertyDecorator } from './document.js';

/**
 * Clients of 2026-07-28 repeat this argument of a tool in the HTTP header `Mcp-Param-<name>`, so that proxies can route
 * by it without reading the body; a call whose header and body differ is refused with -32020. For strings, whole numbers
 * and booleans directly in the arguments of a tool; the name has the characters of a header name, and is the tool's only
 * one in any case. Anything else ends the start with HEADER_PARAMETER. Do not put secrets there: headers are logged.
 */
export function McpHeader(name: string): DtoPropertyDecorator {
  return document({ header: name });
}
