// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacaroonJsonCodecTest {
  private static final String S64 = "\"s64\":\"" + "A".repeat(43) + "\"";

  /** One macaroon, written in every way that is allowed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'v':2,'l':'lo','i':'id','c':[{'i':'ca'},{'i':'cb','v':'vi','l':'wo'}],S64}",
        "{'v':2,'l':'lo','i64':'aWQ','c':[{'i64':'Y2E'},{'i64':'Y2I','v64':'dmk','l':'wo'}],S64}",
        "{S64,'c':[{'i':'ca'},{'l':'wo','v':'vi','i':'cb'}],'i':'id','l':'lo','v':2}",
        " { 'v' : 2 , 'l' : 'lo' , 'i' : 'id' ,\t'c' : [ { 'i' : 'ca' } ,"
            + " { 'i' : 'cb' , 'v' : 'vi' , 'l' : 'wo' } ] ,\r\n S64 } ",
        "{'v':2,'l':'\\u006Co','i':'\\u0069d','c':[{'i':'ca'},{'i':'cb','v':'vi','l':'wo'}],S64}",
        "{'v':2,'l':'lo','i':'id','c':[{'i':'ca','l':''},{'i':'cb','v':'vi','l':'wo'}],"
            + "'s':'"
            + "\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000"
            + "\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000"
            + "\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000"
            + "\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000'}",
      })
  void readsEveryWayToWriteIt(String json) {
    MacaroonCaveat second = MacaroonCaveat.ThirdParty.of(utf8("cb"), utf8("vi"), utf8("wo"));
    List<MacaroonCaveat> caveats = List.of(MacaroonCaveat.FirstParty.of(utf8("ca")), second);
    Macaroon expected = new Macaroon(utf8("lo"), utf8("id"), caveats, new byte[32]);
    assertEquals(expected, decode(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{'v':2,'i':'id'}",
        "{'v':2,S64}",
        "{'i':'id',S64}",
        "{'v':1,'i':'id',S64}",
        "{'v':'2','i':'id',S64}",
        "{'v':20,'i':'id',S64}",
        "{'v':2.0,'i':'id',S64}",
        "{'v':2e0,'i':'id',S64}",
        "{'v':-2,'i':'id',S64}",
        "{'v':02,'i':'id',S64}",
        "{'v':2,'i':null,S64}",
        "{'v':2,'i':'id','i':'id',S64}",
        "{'v':2,'v':2,'i':'id',S64}",
        "{'v':2,'i':'id','\\u0069':'id',S64}",
        "{'v':2,'i':'id','i64':'aWQ',S64}",
        "{'v':2,'i':'','i64':'',S64}",
        "{'v':2,'i64':'aWQ=',S64}",
        "{'v':2,'i64':'aWR',S64}",
        "{'v':2,'i64':'a',S64}",
        "{'v':2,'i64':'+/+/',S64}",
        "{'v':2,'i64':'aW Q',S64}",
        "{'v':2,'i':'id','x':'y',S64}",
        "{'v':2,'i':'id','c':{},S64}",
        "{'v':2,'i':'id','c':['x'],S64}",
        "{'v':2,'i':'id','c':[{}],S64}",
        "{'v':2,'i':'id','c':[{'i':'a'},],S64}",
        "{'v':2,'i':'id','c':[[{'i':'a'}]],S64}",
        "{'v':2,'i':'id','c':[{'i':'a','i':'a'}],S64}",
        "{'v':2,'i':'id','c':[{'i':'a','s':'a'}],S64}",
        "{'v':2,'i':'id','c':[{'i':'a','l':'a'}],S64}",
        "{'v':2,'i':'id','c':[{'i':'a','v':''}],S64}",
        "{'v':2,'i':'id','c':[{'i':'a','v':'a','v64':'YQ'}],S64}",
        "{'v':2,'i':'id','c':[],'c':[],S64}",
        "{'v':2,'i':'id',S64,}",
        "{'v':2,'i':'id' S64}",
        "{'v' 2,'i':'id',S64}",
        "{'v':2,'i':'id',S64}x",
        "{'v':2,'i':'id',S64}{}",
        "{'v':2,'i':'id','s64':'AAAA'}",
        "{'v':2,'i':'id',S64,'s':'x'}",
        "{v:2,'i':'id',S64}",
        "{'v':2,'i':'i\nd',S64}",
        "{'v':2,'i':'\\x',S64}",
        "{'v':2,'i':'\\u12',S64}",
        "{'v':2,'i':'\\uff1\uff11',S64}",
        "{'v':2,'i':'\\ud800',S64}",
        "{'v':2,'i':'\\udc00\\ud800',S64}",
        "{'v':2,'i':'\\ud800x',S64}",
        "{'v':2,'l':'\\udfff','i':'id',S64}",
        "{'v':2,'i':'id",
        "{'v':2,'i':'id\\",
        "/**/{'v':2,'i':'id',S64}",
        "\ufeff{'v':2,'i':'id',S64}",
      })
  void refuses(String json) {
    assertThrows(MalformedMacaroonException.class, () -> decode(json));
  }

  @Test
  void readsTheFormThatTheRefusedOnesVary() {
    assertEquals(
        "Macaroon[2 byte identifier, 0 caveats]", decode("{'v':2,'i':'id',S64}").toString());
    assertArrayEquals(
        utf8("\ud83d\udd11"), decode("{'v':2,'i':'\\ud83d\\udd11',S64}").identifier());
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] bytes = json("{'v':2,'i':'id',S64}");
    bytes[12] = (byte) 0xff;
    assertThrows(MalformedMacaroonException.class, () -> MacaroonFormat.V2_JSON.decode(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{\"c\":",
        "{\"c\":[",
        "{\"c\":[{\"c\":[",
        "{\"i\":\"\\u0061",
        "{\"l\":{",
        " ",
        "1"
      })
  void staysCalmInTheFaceOfVolume(String piece) {
    for (int times : new int[] {100, 30_000 / piece.length(), 1_000_000 / piece.length()}) {
      byte[] bytes = utf8(piece.repeat(times));
      assertThrows(MalformedMacaroonException.class, () -> MacaroonFormat.V2_JSON.decode(bytes));
    }
  }

  @Test
  void refusesBeyondTheBounds() {
    String caveats = "{'i':'a'},".repeat(32) + "{'i':'a'}";
    assertThrows(
        MalformedMacaroonException.class,
        () -> decode("{'v':2,'i':'id','c':[" + caveats + "],S64}"));
    String location = "l".repeat(Macaroon.MAX_LOCATION_LENGTH + 1);
    assertThrows(
        MalformedMacaroonException.class,
        () -> decode("{'v':2,'l':'" + location + "','i':'id',S64}"));
    String identifier = "i".repeat(Macaroon.MAX_LENGTH);
    assertThrows(
        MalformedMacaroonException.class, () -> decode("{'v':2,'i':'" + identifier + "',S64}"));
  }

  @Test
  void writesWhatGoMacaroonWrites() {
    byte[] id = {(byte) 0xff, 0};
    MacaroonCaveat caveat = MacaroonCaveat.FirstParty.of(utf8("a=\"\\\n\u00e9"));
    byte[] signature = new byte[32];
    signature[31] = (byte) 0x80;
    Macaroon macaroon = new Macaroon(utf8("lsat"), id, List.of(caveat), signature);
    String json = new String(MacaroonFormat.V2_JSON.encode(macaroon), StandardCharsets.UTF_8);
    assertEquals(
        "{\"v\":2,\"l\":\"lsat\",\"i64\":\"_wA\",\"c\":[{\"i\":\"a=\\\"\\\\\\u000a\u00e9\"}],"
            + "\"s64\":\""
            + "A".repeat(41)
            + "IA\"}",
        json);
  }

  @Test
  void cannotWriteALocationThatIsNotText() {
    byte[] location = {(byte) 0xff};
    Macaroon macaroon = new Macaroon(location, utf8("id"), List.of(), new byte[32]);
    assertThrows(IllegalArgumentException.class, () -> MacaroonFormat.V2_JSON.encode(macaroon));
  }

  private static Macaroon decode(String json) {
    return MacaroonFormat.V2_JSON.decode(json(json));
  }

  private static byte[] json(String text) {
    return utf8(text.replace("S64", S64).replace('\'', '"'));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
