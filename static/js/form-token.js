// The token against forged requests. Signing in anew changes the cookie; the copy in an open page grows old.
export function csrfToken(form) {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : form.elements.csrfmiddlewaretoken.value;
}
