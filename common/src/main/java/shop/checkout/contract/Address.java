package shop.checkout.contract;

/** Where a parcel goes. */
public record Address(String name, String street, String city, String postalCode, String country) {

    /** Keeps personal data out of logs. */
    @Override
    public String toString() {
        return "Address[" + country + "]";
    }
}
