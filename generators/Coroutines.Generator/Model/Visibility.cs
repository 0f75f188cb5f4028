namespace Coroutines.Generator.Model;

/// <summary>From where a type can be named; ordered, so that the least of several is <see cref="Math.Min(int,int)"/>.</summary>
public enum Visibility { Private, Internal, Public }
