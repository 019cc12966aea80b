// A certified OpenID provider for tests: PKCE required, a login form of one field, a page to log
// out. Who may log in, and the one client, are told in JSON by the variable IDENTITIES; the port
// is whichever is free, and the first line of output is the issuer's address.
import http from 'node:http';
import { createRequire } from 'node:module';

// Found by NODE_PATH, which `import` does not read.
const { Provider } = createRequire(import.meta.url)('oidc-provider');
const { people, client } = JSON.parse(process.env.IDENTITIES);

const page = (title, body) =>
  `<!doctype html><html lang="sv"><head><title>${title}</title></head><body><h1>${title}</h1>${body}</body></html>`;
const loginPage = page('Testinloggning', `<form method="post">
  <label>Användare <input name="login" autofocus></label><button>Logga in</button></form>`);
const logoutPage = (form) => page('Logga ut ur testinloggningen',
  `${form}<button form="op.logoutForm" name="logout" value="yes">Logga ut</button>`);

// Whoever logs in has agreed to everything: a workplace's provider does not ask.
async function everythingGranted(ctx) {
  const { client: asking, session } = ctx.oidc;
  const grant = new ctx.oidc.provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}

const configuration = {
  clients: [{ ...client, response_types: ['code'], grant_types: ['authorization_code'] }],
  claims: { openid: ['sub'], profile: ['name', 'roles', 'municipality', 'districts', 'landlord'] },
  conformIdTokenClaims: false, // the claims are in the ID token too, as workplaces' providers have them
  pkce: { required: () => true },
  cookies: { keys: ['for tests alone'] },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true, logoutSource: (ctx, form) => { ctx.body = logoutPage(form); } },
  },
  findAccount: (_, login) => Object.hasOwn(people, login)
    ? { accountId: login, claims: () => ({ sub: login, ...people[login] }) } : undefined,
  loadExistingGrant: everythingGranted,
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
};

async function interact(provider, request, response) {
  if (request.method === 'GET') {
    await provider.interactionDetails(request, response);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(loginPage);
    return;
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  const login = new URLSearchParams(body).get('login');
  const result = Object.hasOwn(people, login) ? { login: { accountId: login } } : { error: 'access_denied' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url.startsWith('/interaction/')) return answer(request, response);
    return interact(provider, request, response).catch((error) => {
      response.statusCode = 400;
      response.end(String(error));
    });
  });
  console.log(issuer);
});
