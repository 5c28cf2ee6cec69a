/** The clients of the SDKs hold a stream, which keeps a session awake; with this fetch they are refused it. */
export const withoutStream: typeof fetch = (input, init) =>
  init?.method === 'GET' ? Promise.resolve(new Response(null, { status: 405 })) : fetch(input, init);
