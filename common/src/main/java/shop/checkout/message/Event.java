package shop.checkout.message;

/** Something that has happened, told to whoever listens. Nobody answers it. */
public interface Event {}
