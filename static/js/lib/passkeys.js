/* Passkeys: what a browser is asked for and what it answers, between our server's JSON and bytes. */
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

/** Whether this browser has passkeys on this connection: they come over HTTPS and on one's own machine alone. */
export const hasPasskeys = () => isSecureContext && Boolean(window.PublicKeyCredential);

/** Have a new one made; one that signs in `alone` asks its owner for finger, face or code. */
async function make({ challenge, user, excludeCredentials, authenticatorSelection, ...rest }, alone) {
  const selection = alone ? { residentKey: "required", requireResidentKey: true, userVerification: "required" } : { residentKey: "discouraged", requireResidentKey: false };
  const { id, response, ...made } = await navigator.credentials.create({ publicKey: {
    ...rest,
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: known(excludeCredentials),
    authenticatorSelection: { ...authenticatorSelection, ...selection },
  } }).then(described);
  return { id, ...made, response: {
    attestationObject: text(response.attestationObject),
    clientDataJSON: text(response.clientDataJSON),
    transports: response.getTransports?.() ?? [],
  } };
}

/** Have one that is there say that its owner is here. */
async function use({ challenge, allowCredentials, ...rest }) {
  const publicKey = { ...rest, challenge: bytes(challenge), allowCredentials: known(allowCredentials) };
  const { response, ...used } = await navigator.credentials.get({ publicKey }).then(described);
  return { ...used, response: {
    authenticatorData: text(response.authenticatorData),
    clientDataJSON: text(response.clientDataJSON),
    signature: text(response.signature),
    userHandle: response.userHandle && text(response.userHandle),
  } };
}

const described = (key) => ({
  id: key.id,
  rawId: text(key.rawId),
  type: key.type,
  authenticatorAttachment: key.authenticatorAttachment,
  clientExtensionResults: key.getClientExtensionResults(),
  response: key.response,
});

/** Ask for what `options` of the server say; its answer, for the server, as JSON. */
export async function ask({ publicKey }, alone) {
  return JSON.stringify(await (publicKey.user ? make(publicKey, alone) : use(publicKey)));
}
