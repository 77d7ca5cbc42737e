package shop.checkout.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name of a message type outside this JVM, {@code context.what.vN}. It never changes; a changed message gets a new
 * name. A command {@code payment.charge.v1} is sent to the topic {@code payment.commands}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WireName {
    String value();
}
