/// A group of people who share data and a subscription: the tenant.
public enum Team {}
