// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.TokenId;
import io.l402.VerifiedL402;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/**
 * A request whose token was verified: the token is its user, unless the container knows another.
 */
final class AllowedRequest extends HttpServletRequestWrapper {
  private final TokenPrincipal principal;

  AllowedRequest(HttpServletRequest request, VerifiedL402 token) {
    super(request);
    principal = new TokenPrincipal(token.tokenId());
  }

  /** Whether a request already shows this token. */
  static boolean covers(HttpServletRequest request, VerifiedL402 token) {
    return request.getUserPrincipal() instanceof TokenPrincipal shown
        && shown.tokenId().equals(token.tokenId());
  }

  @Override
  public Principal getUserPrincipal() {
    Principal user = super.getUserPrincipal();
    return user == null ? principal : user;
  }

  @Override
  public String getRemoteUser() {
    String user = super.getRemoteUser();
    return user == null ? principal.getName() : user;
  }

  @Override
  public String getAuthType() {
    return super.getUserPrincipal() == null ? "L402" : super.getAuthType();
  }

  /** A token as a user. Its name is the token id, in hex. */
  record TokenPrincipal(TokenId tokenId) implements Principal {
    @Override
    public String getName() {
      return tokenId.toHex();
    }
  }
}
