package shop.checkout.web;

/**
 * One thing that is wrong with what a client sent.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) into the body, or the name of a header or parameter
 * @param detail what was expected; never what was sent, which may be confidential
 */
public record InvalidField(String pointer, String detail) {}
