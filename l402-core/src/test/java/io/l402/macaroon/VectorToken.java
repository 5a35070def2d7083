// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One token of vectors/macaroons.json, which another library made. */
record VectorToken(String name, Map<?, ?> fields) {
  private static final HexFormat HEX = HexFormat.of();

  static List<VectorToken> all() {
    try (InputStream in = VectorToken.class.getResourceAsStream("/vectors/macaroons.json")) {
      Map<?, ?> root = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return ((List<?>) root.get("tokens")).stream().map(VectorToken::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static VectorToken of(Object fields) {
    Map<?, ?> map = (Map<?, ?>) fields;
    return new VectorToken((String) map.get("name"), map);
  }

  /** The token as minted, then attenuated where it was, then minted with its preimage as caveat. */
  List<Form> forms() {
    List<Form> forms = new ArrayList<>();
    forms.add(form("minted", caveats()));
    if (fields.containsKey("attenuated")) {
      forms.add(form("attenuated", with(strings(section("attenuated").get("added")))));
    }
    forms.add(form("with_preimage_caveat", with(List.of("preimage=" + fields.get("preimage")))));
    return forms;
  }

  private Form form(String name, List<String> caveats) {
    Map<?, ?> section = section(name);
    byte[] v2 = HEX.parseHex((String) section.get("v2_hex"));
    byte[] signature = HEX.parseHex((String) section.get("signature"));
    return new Form(name, v2, caveats, signature);
  }

  private List<String> with(List<String> added) {
    List<String> all = new ArrayList<>(caveats());
    all.addAll(added);
    return all;
  }

  private Map<?, ?> section(String key) {
    return (Map<?, ?>) fields.get(key);
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }

  List<String> caveats() {
    return strings(fields.get("caveats"));
  }

  RootKey rootKey() {
    return RootKey.of(HEX.parseHex((String) fields.get("root_key")));
  }

  byte[] identifier() {
    return HEX.parseHex((String) fields.get("identifier"));
  }

  String location() {
    return (String) fields.get("location");
  }

  @Override
  public String toString() {
    return name;
  }

  /** One written form of the token and what must be in it. */
  record Form(String name, byte[] v2, List<String> caveats, byte[] signature) {
    List<byte[]> caveatBytes() {
      return caveats.stream().map(c -> c.getBytes(StandardCharsets.UTF_8)).toList();
    }
  }
}
