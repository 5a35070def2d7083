// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*                                                              | TEXT",
        "text/html                                                        | HTML",
        "TEXT/HTML                                                        | HTML",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8  | HTML",
        "application/json                                                 | JSON",
        "application/problem+json                                         | PROBLEM",
        "application/json, text/plain, */*                                | JSON",
        "text/plain, application/json                                     | TEXT",
        "application/json, */*                                            | JSON",
        "*/*, application/json                                            | JSON",
        "application/*                                                    | PROBLEM",
        "text/*                                                           | TEXT",
        "text/*;q=0.5, text/html                                          | HTML",
        "text/html;q=0.5, application/json;q=0.6                          | JSON",
        "text/html;q=0.501, application/json;q=0.5                        | HTML",
        "text/html;q=0, */*                                               | TEXT",
        "text/html;q=0, text/plain;q=0, */*                               | PROBLEM",
        "*/*;q=0                                                          | TEXT",
        "text/html;q=1.000                                                | HTML",
        "text/html;q=1.001                                                | TEXT",
        "text/html;q=2                                                    | TEXT",
        "text/html;q=.9                                                   | TEXT",
        "text/html;q=0.9999                                               | TEXT",
        "text/html;q=0.x                                                  | TEXT",
        "text/html;q=                                                     | TEXT",
        "text/html; Q=0.1 , application/json ;q=0.2                       | JSON",
        "text/html;level=1;q=0.3, application/json;q=0.2                  | HTML",
        "application/json;charset=utf-8                                   | JSON",
        "image/png, font/*                                                | TEXT",
        "html, text/, /html, ;, ,                                         | TEXT",
        "text/html;q=1., application/json;q=0.9                           | HTML",
      })
  void choosesWhatTheClientLikesBest(String accept, AnswerType expected) {
    assertEquals(expected, AnswerType.preferred(List.of(accept)));
  }

  @Test
  void writesTextForWhoDoesNotSay() {
    assertEquals(AnswerType.TEXT, AnswerType.preferred(List.of()));
    assertEquals(AnswerType.TEXT, AnswerType.preferred(List.of("")));
  }

  @Test
  void readsSeveralFieldsAsOne() {
    assertEquals(
        AnswerType.JSON,
        AnswerType.preferred(List.of("text/html;q=0.3", "application/json;q=0.4")));
  }

  @Test
  void looksAtNoMoreElementsThanAClientCouldMean() {
    String many = "image/png,".repeat(10_000) + "text/html";
    assertEquals(AnswerType.TEXT, AnswerType.preferred(List.of(many)));
  }
}
